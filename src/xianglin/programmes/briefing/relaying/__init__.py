"""联户: a villagers' representative relays a month's conference to the households he links, and brings back what they
said. Changes in ``actions``, reads in ``queries``, the words to carry in ``sharing``."""
