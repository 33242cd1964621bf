"""MS-SSIM (Wang, Simoncelli and Bovik 2003)."""
