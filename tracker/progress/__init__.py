"""Progress (进展报送): obligations, returns, the review chain, evidence, lights."""
