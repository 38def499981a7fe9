"""pytest plugins: databases, services, browser, scenarios."""
