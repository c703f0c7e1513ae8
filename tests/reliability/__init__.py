"""What must survive anything, tried with numbers: a short version in every test run, a long one with `./dev soak`."""
