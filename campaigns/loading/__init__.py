"""From checked facts to rows, changing only what differs."""
