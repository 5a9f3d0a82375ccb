import '../../js/js_only.js';
import { hostCore } from '../../js/host_core.js';
import { withCore } from './with_core.js';

export default withCore(hostCore);
