// ImageMagick's `compare -metric SSIM` and DSSIM of two PNG files, by its build for WebAssembly:
// npm install @imagemagick/magick-wasm; node imagemagick.mjs DIST/magick.wasm x.png y.png
import { readFileSync } from 'node:fs';
import { ErrorMetric, ImageMagick, initializeImageMagick, Magick } from '@imagemagick/magick-wasm';

const [wasm, x, y] = process.argv.slice(2);
await initializeImageMagick(readFileSync(wasm));
ImageMagick.read(readFileSync(x), (first) => ImageMagick.read(readFileSync(y), (second) => {
  const value = first.compare(second, ErrorMetric.StructuralSimilarity);
  const opposite = first.compare(second, ErrorMetric.StructuralDissimilarity);
  console.log(JSON.stringify({ version: Magick.imageMagickVersion, value, opposite }));
}));
