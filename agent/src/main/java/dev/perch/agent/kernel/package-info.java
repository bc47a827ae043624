/** System calls that Java has no name for, through the foreign function interface (JEP 454). */
@NullMarked
package dev.perch.agent.kernel;

import org.jspecify.annotations.NullMarked;
