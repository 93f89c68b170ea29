"""三支队伍: red storytellers, listeners and mediators, who go out (走出去), and what they bring back."""
