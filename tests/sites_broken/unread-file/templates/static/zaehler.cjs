document.title = "1";
