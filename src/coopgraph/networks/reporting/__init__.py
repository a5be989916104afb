"""Reports on networks that a person would hand on: Markdown and HTML, in three languages."""
