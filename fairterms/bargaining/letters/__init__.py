"""Letters to the other side: from the contract, the accepted changes and the law of the reader's place."""
