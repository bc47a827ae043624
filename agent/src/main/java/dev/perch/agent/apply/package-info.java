/**
 * Makes the host what documents want: plan, validate, apply, read back, report, over and over. It
 * works the same with and without the centre.
 */
@NullMarked
package dev.perch.agent.apply;

import org.jspecify.annotations.NullMarked;
