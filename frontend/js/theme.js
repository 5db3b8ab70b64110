// Loaded before the page paints, so that a dark page never flashes white.
import { apply, chosen } from "./theme-choice.js";

apply(chosen());
