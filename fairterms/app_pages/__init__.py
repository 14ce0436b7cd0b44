"""One file per page: inputs, one call to the assistant, drawing."""
