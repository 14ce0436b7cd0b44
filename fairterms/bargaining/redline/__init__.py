"""Changes as Word's own tracked changes and comments, in the member's file or in a clean copy of the contract."""
