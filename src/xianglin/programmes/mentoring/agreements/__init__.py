"""帮带协议: what mentor and cadre do and don't, drawn up from the county's own lines, and put on paper."""
