#pragma once
#include "bitpacking.h"
#include "vector.h"
