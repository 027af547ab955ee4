import { render } from 'preact';
import { InspectView } from './inspect-view.tsx';

render(<InspectView />, document.body);
