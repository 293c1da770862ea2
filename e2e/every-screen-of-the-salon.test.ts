import { openStage } from './journey.ts';
import { everyScreenJourney } from './salon/every-screen.ts';

everyScreenJourney(openStage());
