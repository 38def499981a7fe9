"""Tests of who may do what, and of what hostile input does."""
