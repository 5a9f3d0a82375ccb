/** A certificate for 127.0.0.1 that nobody has signed but itself, made anew for each run. */
import { generate } from 'selfsigned';

/** @returns {Promise<{key: string, cert: string}>} In PEM. */
export async function makeCertificate() {
  const made = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  return { key: made.private, cert: made.cert };
}
