@NullMarked
package dev.perch.agent.probe;

import org.jspecify.annotations.NullMarked;
