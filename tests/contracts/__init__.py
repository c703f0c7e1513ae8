"""What every implementation of a port must do, the fakes of the tests included."""
