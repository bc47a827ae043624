@NullMarked
package dev.perch.agent.machine;

import org.jspecify.annotations.NullMarked;
