"""What the operating system gives us: folders, the settings file, logs."""
