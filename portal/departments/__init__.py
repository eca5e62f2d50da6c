"""The bodies that publish and answer: who they are, how they are renamed and merged."""
