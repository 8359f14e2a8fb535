"""Remote files brought into the project, once: loaded with care, stored by content, pinned in `slidebuild.lock`."""
