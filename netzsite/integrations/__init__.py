"""Record types → what other programs need: schemas, forms, VS Code, workflows, the reference."""
