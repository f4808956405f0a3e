"""Pictures of the way, reckoned as plain shapes; templates write them as SVG."""
