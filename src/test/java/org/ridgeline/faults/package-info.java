/**
 * Real faults on real executors: what goes wrong is arranged by a file system, nothing is mocked.
 */
package org.ridgeline.faults;
