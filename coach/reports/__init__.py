"""The history for other systems: FHIR. Written by hand, checked by an independent library in the tests."""
