"""What the sentences around a printed scheme say of its rules: 得分保留两位小数, 90分以上为优秀, 加分累计不超过5分. Pure."""
