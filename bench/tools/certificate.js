// A certificate for HTTP/2, which browsers speak over TLS only.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildFolder } from './paths.js';

/**
 * @returns {{key: string, cert: string} | undefined} self-signed, for 127.0.0.1; undefined where there is
 *   no openssl to make one
 */
export function certificate() {
  const [key, cert] = ['key.pem', 'cert.pem'].map((file) => path.join(buildFolder, file));
  if (!existsSync(cert)) {
    mkdirSync(buildFolder, { recursive: true });
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const args = ['req', '-x509', ...kind, '-days', '3650', ...name, '-keyout', key, '-out', cert];
    try {
      execFileSync('openssl', args, { stdio: 'ignore' });
    } catch {
      return undefined;
    }
  }
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}
