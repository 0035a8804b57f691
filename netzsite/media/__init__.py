"""Files among the media → what pages and checks need to know of them."""
