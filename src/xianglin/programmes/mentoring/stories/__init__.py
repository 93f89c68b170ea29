"""红色故事库: the stories that storytellers tell, where they come from, and each time that one was told."""
