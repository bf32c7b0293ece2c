/** A picture to choose: the same at each time, with something to see wherever it is cut. */
export async function twoHalves(width: number, height: number): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws nothing.');
  context.fillStyle = '#1d4ed8';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#f59e0b';
  context.fillRect(0, height / 2, width, height / 2);
  context.fillStyle = '#ffffff';
  context.beginPath();
  context.arc(width / 2, height / 2, height / 4, 0, 2 * Math.PI);
  context.fill();
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (!blob) throw new Error('This browser makes no picture.');
  return new File([blob], 'halves.png', { type: 'image/png' });
}
