#pragma once
#include "bitpacking.h"
#include "scoring.h"
#include "vector.h"
