"""What people type, checked one value at a time; the services check the rest."""
