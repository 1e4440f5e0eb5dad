"""What is published in, proof that it is what it promises to be out."""
