"""What goes on paper: the report for a clinician and the programme sheet, as PDF, as pictures and on a printer."""
