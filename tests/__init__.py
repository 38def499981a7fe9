"""Tests that concern the whole portal, and the machinery all tests stand on."""
