"""The dashboard of a complete home, in one Home Assistant for all tests of this folder."""
