"""Networks in time: windows, how they change, panels, and two networks side by side."""
