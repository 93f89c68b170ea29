"""成效: what the places had of the pairs, by heading. The rows are the kernel's."""
