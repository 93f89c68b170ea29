"""导师帮带: old hands who have done the work, and the young cadres who learn it from them."""
