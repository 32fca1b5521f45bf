/**
 * The command line: options become records, records become calls, results and failures become text
 * and exit codes.
 */
package org.ridgeline.cli;
