#!/bin/sh
# Make the pictures of the README with the program itself.
set -e
cd "$(dirname "$0")/pictures"
picture() {
    name=$1
    shift
    python -m ssim_viewer view --screenshot "$name.png" --size 1280x800 "$@"
}
picture descent-light --theme light --descend 60
picture ascent-dark --theme dark --ascend 60
