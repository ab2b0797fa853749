#pragma once
#include "bitpacking.h"
#include "memory.h"
#include "scoring.h"
#include "selection.h"
#include "search.h"
#include "vector.h"
#include "words.h"
