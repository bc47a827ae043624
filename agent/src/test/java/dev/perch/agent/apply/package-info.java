@NullMarked
package dev.perch.agent.apply;

import org.jspecify.annotations.NullMarked;
