#pragma once
#include "bitpacking.h"
#include "scoring.h"
#include "selection.h"
#include "vector.h"
