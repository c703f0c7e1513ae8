"""The figure's kinematics: joint angles and anchors in, points out; no Qt."""
