/** Cameras and recorders that are not there: for trials, tests and the demo town. */
export {};
