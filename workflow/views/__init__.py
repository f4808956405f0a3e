"""The pages: access, form, service, answer."""
