module.exports = require('../common/define-grammar')('jsonata');
