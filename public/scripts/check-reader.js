// Reads a QR code in a picture where the browser cannot: fetched when the camera is opened.
import jsQR from 'jsqr';

self.readCode = (pixels, width, height) => {
  const found = jsQR(pixels, width, height, { inversionAttempts: 'dontInvert' });
  return found && found.data;
};
