// Generated from src/config/schema.ts by `npm run generate`.
'use strict'
module.exports = validate21
module.exports.default = validate21
const schema6 = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'k3s_vars.schema.json',
  type: 'object',
  additionalProperties: false,
  properties: {
    clusters: {
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: '^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$' },
      additionalProperties: {
        type: ['object', 'null'],
        additionalProperties: false,
        properties: {
          role: { $ref: '#/definitions/role' },
          custom: { $ref: '#/definitions/custom' },
          groups: { $ref: '#/definitions/groups' },
          vars: { $ref: '#/definitions/vars' },
          agent_token: { $ref: '#/definitions/agent_token' },
          vault_id: { $ref: '#/definitions/vault_id' },
          emit: { $ref: '#/definitions/emit' },
          level: { $ref: '#/definitions/level' },
          mint: { $ref: '#/definitions/mint' },
          probe: { $ref: '#/definitions/probe' },
          encrypt: { $ref: '#/definitions/encrypt' },
          token: { $ref: '#/definitions/token' },
          store: { $ref: '#/definitions/store' },
          hosts: { $ref: '#/definitions/hosts' },
        },
      },
    },
    defaults: {
      type: 'object',
      additionalProperties: false,
      properties: {
        role: { $ref: '#/definitions/role' },
        custom: { $ref: '#/definitions/custom' },
        groups: { $ref: '#/definitions/groups' },
        vars: { $ref: '#/definitions/vars' },
        agent_token: { $ref: '#/definitions/agent_token' },
        vault_id: { $ref: '#/definitions/vault_id' },
        emit: { $ref: '#/definitions/emit' },
        level: { $ref: '#/definitions/level' },
        mint: { $ref: '#/definitions/mint' },
        probe: { $ref: '#/definitions/probe' },
        encrypt: { $ref: '#/definitions/encrypt' },
        token: { $ref: '#/definitions/token' },
        store: { $ref: '#/definitions/store' },
      },
    },
    include: { type: ['string', 'array'], pattern: '.', items: { type: 'string', pattern: '.' } },
  },
}
const pattern0 = new RegExp('^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$', 'u')
const pattern5 = new RegExp('.', 'u')
const func2 = Object.prototype.hasOwnProperty
const schema7 = {
  enum: ['k3s-io', 'timothystewart6', 'pyratlabs', 'rke2-ansible', 'lablabs', 'ednz', 'custom'],
}
function validate22(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null
  let errors = 0
  if (!(
    data === 'k3s-io' ||
    data === 'timothystewart6' ||
    data === 'pyratlabs' ||
    data === 'rke2-ansible' ||
    data === 'lablabs' ||
    data === 'ednz' ||
    data === 'custom'
  )) {
    validate22.errors = [{ instancePath, keyword: 'enum', params: { allowedValues: schema7.enum } }]
    return false
  }
  validate22.errors = vErrors
  return errors === 0
}
const schema8 = {
  type: 'object',
  additionalProperties: false,
  properties: {
    groups: {
      type: 'object',
      additionalProperties: false,
      properties: {
        cluster: { type: 'string', pattern: '^(?!_meta$).' },
        server: { type: 'string', pattern: '^(?!_meta$).' },
        agent: { type: 'string', pattern: '^(?!_meta$).' },
      },
    },
    variables: {
      type: 'object',
      additionalProperties: false,
      properties: {
        cluster: { $ref: '#/definitions/tokenVariables' },
        server: { $ref: '#/definitions/tokenVariables' },
        agent: { $ref: '#/definitions/tokenVariables' },
      },
    },
    files: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['side', 'file', 'encoding'],
        properties: {
          side: { enum: ['server', 'agent'] },
          file: { type: 'string', pattern: '.' },
          encoding: {
            enum: [
              'to_nice_yaml',
              'yaml-unquoted',
              'systemd-environment-file',
              'systemd-exec-start',
              'openrc-sourced-file',
              'install-script',
              'command-module',
              'shell',
              'cut-at-colons',
              'plain-file',
            ],
          },
          kind: { enum: ['server', 'agent'] },
        },
      },
    },
  },
}
const pattern1 = new RegExp('^(?!_meta$).', 'u')
const schema9 = {
  type: 'object',
  propertyNames: { pattern: '^[A-Za-z_]\\w*(?:\\.[^.\\s]+)?$' },
  additionalProperties: { enum: ['server', 'agent'] },
}
const pattern4 = new RegExp('^[A-Za-z_]\\w*(?:\\.[^.\\s]+)?$', 'u')
function validate25(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null
  let errors = 0
  if (errors === 0) {
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      for (const key0 in data) {
        const _errs1 = errors
        if (typeof key0 === 'string') {
          if (!pattern4.test(key0)) {
            const err0 = {
              instancePath,
              keyword: 'pattern',
              params: { pattern: '^[A-Za-z_]\\w*(?:\\.[^.\\s]+)?$' },
              propertyName: key0,
            }
            if (vErrors === null) {
              vErrors = [err0]
            } else {
              vErrors.push(err0)
            }
            errors++
          }
        }
        var valid0 = _errs1 === errors
        if (!valid0) {
          const err1 = { instancePath, keyword: 'propertyNames', params: { propertyName: key0 } }
          if (vErrors === null) {
            vErrors = [err1]
          } else {
            vErrors.push(err1)
          }
          errors++
          validate25.errors = vErrors
          return false
          break
        }
      }
      if (valid0) {
        for (const key1 in data) {
          let data0 = data[key1]
          const _errs3 = errors
          if (!(data0 === 'server' || data0 === 'agent')) {
            validate25.errors = [
              {
                instancePath: instancePath + '/' + key1.replace(/~/g, '~0').replace(/\//g, '~1'),
                keyword: 'enum',
                params: { allowedValues: schema9.additionalProperties.enum },
              },
            ]
            return false
          }
          var valid1 = _errs3 === errors
          if (!valid1) {
            break
          }
        }
      }
    } else {
      validate25.errors = [{ instancePath, keyword: 'type', params: { type: 'object' } }]
      return false
    }
  }
  validate25.errors = vErrors
  return errors === 0
}
function validate24(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null
  let errors = 0
  if (errors === 0) {
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      const _errs1 = errors
      for (const key0 in data) {
        if (!(key0 === 'groups' || key0 === 'variables' || key0 === 'files')) {
          validate24.errors = [
            { instancePath, keyword: 'additionalProperties', params: { additionalProperty: key0 } },
          ]
          return false
          break
        }
      }
      if (_errs1 === errors) {
        if (data.groups !== undefined) {
          let data0 = data.groups
          const _errs2 = errors
          if (errors === _errs2) {
            if (data0 && typeof data0 == 'object' && !Array.isArray(data0)) {
              const _errs4 = errors
              for (const key1 in data0) {
                if (!(key1 === 'cluster' || key1 === 'server' || key1 === 'agent')) {
                  validate24.errors = [
                    {
                      instancePath: instancePath + '/groups',
                      keyword: 'additionalProperties',
                      params: { additionalProperty: key1 },
                    },
                  ]
                  return false
                  break
                }
              }
              if (_errs4 === errors) {
                if (data0.cluster !== undefined) {
                  let data1 = data0.cluster
                  const _errs5 = errors
                  if (errors === _errs5) {
                    if (typeof data1 === 'string') {
                      if (!pattern1.test(data1)) {
                        validate24.errors = [
                          {
                            instancePath: instancePath + '/groups/cluster',
                            keyword: 'pattern',
                            params: { pattern: '^(?!_meta$).' },
                          },
                        ]
                        return false
                      }
                    } else {
                      validate24.errors = [
                        {
                          instancePath: instancePath + '/groups/cluster',
                          keyword: 'type',
                          params: { type: 'string' },
                        },
                      ]
                      return false
                    }
                  }
                  var valid1 = _errs5 === errors
                } else {
                  var valid1 = true
                }
                if (valid1) {
                  if (data0.server !== undefined) {
                    let data2 = data0.server
                    const _errs7 = errors
                    if (errors === _errs7) {
                      if (typeof data2 === 'string') {
                        if (!pattern1.test(data2)) {
                          validate24.errors = [
                            {
                              instancePath: instancePath + '/groups/server',
                              keyword: 'pattern',
                              params: { pattern: '^(?!_meta$).' },
                            },
                          ]
                          return false
                        }
                      } else {
                        validate24.errors = [
                          {
                            instancePath: instancePath + '/groups/server',
                            keyword: 'type',
                            params: { type: 'string' },
                          },
                        ]
                        return false
                      }
                    }
                    var valid1 = _errs7 === errors
                  } else {
                    var valid1 = true
                  }
                  if (valid1) {
                    if (data0.agent !== undefined) {
                      let data3 = data0.agent
                      const _errs9 = errors
                      if (errors === _errs9) {
                        if (typeof data3 === 'string') {
                          if (!pattern1.test(data3)) {
                            validate24.errors = [
                              {
                                instancePath: instancePath + '/groups/agent',
                                keyword: 'pattern',
                                params: { pattern: '^(?!_meta$).' },
                              },
                            ]
                            return false
                          }
                        } else {
                          validate24.errors = [
                            {
                              instancePath: instancePath + '/groups/agent',
                              keyword: 'type',
                              params: { type: 'string' },
                            },
                          ]
                          return false
                        }
                      }
                      var valid1 = _errs9 === errors
                    } else {
                      var valid1 = true
                    }
                  }
                }
              }
            } else {
              validate24.errors = [
                {
                  instancePath: instancePath + '/groups',
                  keyword: 'type',
                  params: { type: 'object' },
                },
              ]
              return false
            }
          }
          var valid0 = _errs2 === errors
        } else {
          var valid0 = true
        }
        if (valid0) {
          if (data.variables !== undefined) {
            let data4 = data.variables
            const _errs11 = errors
            if (errors === _errs11) {
              if (data4 && typeof data4 == 'object' && !Array.isArray(data4)) {
                const _errs13 = errors
                for (const key2 in data4) {
                  if (!(key2 === 'cluster' || key2 === 'server' || key2 === 'agent')) {
                    validate24.errors = [
                      {
                        instancePath: instancePath + '/variables',
                        keyword: 'additionalProperties',
                        params: { additionalProperty: key2 },
                      },
                    ]
                    return false
                    break
                  }
                }
                if (_errs13 === errors) {
                  if (data4.cluster !== undefined) {
                    const _errs14 = errors
                    if (
                      !validate25(data4.cluster, {
                        instancePath: instancePath + '/variables/cluster',
                        parentData: data4,
                        parentDataProperty: 'cluster',
                        rootData,
                      })
                    ) {
                      vErrors =
                        vErrors === null ? validate25.errors : vErrors.concat(validate25.errors)
                      errors = vErrors.length
                    }
                    var valid2 = _errs14 === errors
                  } else {
                    var valid2 = true
                  }
                  if (valid2) {
                    if (data4.server !== undefined) {
                      const _errs15 = errors
                      if (
                        !validate25(data4.server, {
                          instancePath: instancePath + '/variables/server',
                          parentData: data4,
                          parentDataProperty: 'server',
                          rootData,
                        })
                      ) {
                        vErrors =
                          vErrors === null ? validate25.errors : vErrors.concat(validate25.errors)
                        errors = vErrors.length
                      }
                      var valid2 = _errs15 === errors
                    } else {
                      var valid2 = true
                    }
                    if (valid2) {
                      if (data4.agent !== undefined) {
                        const _errs16 = errors
                        if (
                          !validate25(data4.agent, {
                            instancePath: instancePath + '/variables/agent',
                            parentData: data4,
                            parentDataProperty: 'agent',
                            rootData,
                          })
                        ) {
                          vErrors =
                            vErrors === null ? validate25.errors : vErrors.concat(validate25.errors)
                          errors = vErrors.length
                        }
                        var valid2 = _errs16 === errors
                      } else {
                        var valid2 = true
                      }
                    }
                  }
                }
              } else {
                validate24.errors = [
                  {
                    instancePath: instancePath + '/variables',
                    keyword: 'type',
                    params: { type: 'object' },
                  },
                ]
                return false
              }
            }
            var valid0 = _errs11 === errors
          } else {
            var valid0 = true
          }
          if (valid0) {
            if (data.files !== undefined) {
              let data8 = data.files
              const _errs17 = errors
              if (errors === _errs17) {
                if (Array.isArray(data8)) {
                  var valid3 = true
                  const len0 = data8.length
                  for (let i0 = 0; i0 < len0; i0++) {
                    let data9 = data8[i0]
                    const _errs19 = errors
                    if (errors === _errs19) {
                      if (data9 && typeof data9 == 'object' && !Array.isArray(data9)) {
                        let missing0
                        if (
                          (data9.side === undefined && (missing0 = 'side')) ||
                          (data9.file === undefined && (missing0 = 'file')) ||
                          (data9.encoding === undefined && (missing0 = 'encoding'))
                        ) {
                          validate24.errors = [
                            {
                              instancePath: instancePath + '/files/' + i0,
                              keyword: 'required',
                              params: { missingProperty: missing0 },
                            },
                          ]
                          return false
                        } else {
                          const _errs21 = errors
                          for (const key3 in data9) {
                            if (!(
                              key3 === 'side' ||
                              key3 === 'file' ||
                              key3 === 'encoding' ||
                              key3 === 'kind'
                            )) {
                              validate24.errors = [
                                {
                                  instancePath: instancePath + '/files/' + i0,
                                  keyword: 'additionalProperties',
                                  params: { additionalProperty: key3 },
                                },
                              ]
                              return false
                              break
                            }
                          }
                          if (_errs21 === errors) {
                            if (data9.side !== undefined) {
                              let data10 = data9.side
                              const _errs22 = errors
                              if (!(data10 === 'server' || data10 === 'agent')) {
                                validate24.errors = [
                                  {
                                    instancePath: instancePath + '/files/' + i0 + '/side',
                                    keyword: 'enum',
                                    params: {
                                      allowedValues:
                                        schema8.properties.files.items.properties.side.enum,
                                    },
                                  },
                                ]
                                return false
                              }
                              var valid4 = _errs22 === errors
                            } else {
                              var valid4 = true
                            }
                            if (valid4) {
                              if (data9.file !== undefined) {
                                let data11 = data9.file
                                const _errs23 = errors
                                if (errors === _errs23) {
                                  if (typeof data11 === 'string') {
                                    if (!pattern5.test(data11)) {
                                      validate24.errors = [
                                        {
                                          instancePath: instancePath + '/files/' + i0 + '/file',
                                          keyword: 'pattern',
                                          params: { pattern: '.' },
                                        },
                                      ]
                                      return false
                                    }
                                  } else {
                                    validate24.errors = [
                                      {
                                        instancePath: instancePath + '/files/' + i0 + '/file',
                                        keyword: 'type',
                                        params: { type: 'string' },
                                      },
                                    ]
                                    return false
                                  }
                                }
                                var valid4 = _errs23 === errors
                              } else {
                                var valid4 = true
                              }
                              if (valid4) {
                                if (data9.encoding !== undefined) {
                                  let data12 = data9.encoding
                                  const _errs25 = errors
                                  if (!(
                                    data12 === 'to_nice_yaml' ||
                                    data12 === 'yaml-unquoted' ||
                                    data12 === 'systemd-environment-file' ||
                                    data12 === 'systemd-exec-start' ||
                                    data12 === 'openrc-sourced-file' ||
                                    data12 === 'install-script' ||
                                    data12 === 'command-module' ||
                                    data12 === 'shell' ||
                                    data12 === 'cut-at-colons' ||
                                    data12 === 'plain-file'
                                  )) {
                                    validate24.errors = [
                                      {
                                        instancePath: instancePath + '/files/' + i0 + '/encoding',
                                        keyword: 'enum',
                                        params: {
                                          allowedValues:
                                            schema8.properties.files.items.properties.encoding.enum,
                                        },
                                      },
                                    ]
                                    return false
                                  }
                                  var valid4 = _errs25 === errors
                                } else {
                                  var valid4 = true
                                }
                                if (valid4) {
                                  if (data9.kind !== undefined) {
                                    let data13 = data9.kind
                                    const _errs26 = errors
                                    if (!(data13 === 'server' || data13 === 'agent')) {
                                      validate24.errors = [
                                        {
                                          instancePath: instancePath + '/files/' + i0 + '/kind',
                                          keyword: 'enum',
                                          params: {
                                            allowedValues:
                                              schema8.properties.files.items.properties.kind.enum,
                                          },
                                        },
                                      ]
                                      return false
                                    }
                                    var valid4 = _errs26 === errors
                                  } else {
                                    var valid4 = true
                                  }
                                }
                              }
                            }
                          }
                        }
                      } else {
                        validate24.errors = [
                          {
                            instancePath: instancePath + '/files/' + i0,
                            keyword: 'type',
                            params: { type: 'object' },
                          },
                        ]
                        return false
                      }
                    }
                    var valid3 = _errs19 === errors
                    if (!valid3) {
                      break
                    }
                  }
                } else {
                  validate24.errors = [
                    {
                      instancePath: instancePath + '/files',
                      keyword: 'type',
                      params: { type: 'array' },
                    },
                  ]
                  return false
                }
              }
              var valid0 = _errs17 === errors
            } else {
              var valid0 = true
            }
          }
        }
      }
    } else {
      validate24.errors = [{ instancePath, keyword: 'type', params: { type: 'object' } }]
      return false
    }
  }
  validate24.errors = vErrors
  return errors === 0
}
const schema10 = {
  type: 'object',
  additionalProperties: false,
  properties: {
    cluster: { type: 'string', pattern: '^(?!_meta$).' },
    server: { type: 'string', pattern: '^(?!_meta$).' },
    agent: { type: 'string', pattern: '^(?!_meta$).' },
  },
}
function validate30(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null
  let errors = 0
  if (errors === 0) {
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      const _errs1 = errors
      for (const key0 in data) {
        if (!(key0 === 'cluster' || key0 === 'server' || key0 === 'agent')) {
          validate30.errors = [
            { instancePath, keyword: 'additionalProperties', params: { additionalProperty: key0 } },
          ]
          return false
          break
        }
      }
      if (_errs1 === errors) {
        if (data.cluster !== undefined) {
          let data0 = data.cluster
          const _errs2 = errors
          if (errors === _errs2) {
            if (typeof data0 === 'string') {
              if (!pattern1.test(data0)) {
                validate30.errors = [
                  {
                    instancePath: instancePath + '/cluster',
                    keyword: 'pattern',
                    params: { pattern: '^(?!_meta$).' },
                  },
                ]
                return false
              }
            } else {
              validate30.errors = [
                {
                  instancePath: instancePath + '/cluster',
                  keyword: 'type',
                  params: { type: 'string' },
                },
              ]
              return false
            }
          }
          var valid0 = _errs2 === errors
        } else {
          var valid0 = true
        }
        if (valid0) {
          if (data.server !== undefined) {
            let data1 = data.server
            const _errs4 = errors
            if (errors === _errs4) {
              if (typeof data1 === 'string') {
                if (!pattern1.test(data1)) {
                  validate30.errors = [
                    {
                      instancePath: instancePath + '/server',
                      keyword: 'pattern',
                      params: { pattern: '^(?!_meta$).' },
                    },
                  ]
                  return false
                }
              } else {
                validate30.errors = [
                  {
                    instancePath: instancePath + '/server',
                    keyword: 'type',
                    params: { type: 'string' },
                  },
                ]
                return false
              }
            }
            var valid0 = _errs4 === errors
          } else {
            var valid0 = true
          }
          if (valid0) {
            if (data.agent !== undefined) {
              let data2 = data.agent
              const _errs6 = errors
              if (errors === _errs6) {
                if (typeof data2 === 'string') {
                  if (!pattern1.test(data2)) {
                    validate30.errors = [
                      {
                        instancePath: instancePath + '/agent',
                        keyword: 'pattern',
                        params: { pattern: '^(?!_meta$).' },
                      },
                    ]
                    return false
                  }
                } else {
                  validate30.errors = [
                    {
                      instancePath: instancePath + '/agent',
                      keyword: 'type',
                      params: { type: 'string' },
                    },
                  ]
                  return false
                }
              }
              var valid0 = _errs6 === errors
            } else {
              var valid0 = true
            }
          }
        }
      }
    } else {
      validate30.errors = [{ instancePath, keyword: 'type', params: { type: 'object' } }]
      return false
    }
  }
  validate30.errors = vErrors
  return errors === 0
}
const schema11 = { type: 'object' }
function validate32(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null
  let errors = 0
  if (!(data && typeof data == 'object' && !Array.isArray(data))) {
    validate32.errors = [{ instancePath, keyword: 'type', params: { type: 'object' } }]
    return false
  }
  validate32.errors = vErrors
  return errors === 0
}
const schema12 = { type: 'boolean' }
function validate34(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null
  let errors = 0
  if (typeof data !== 'boolean') {
    validate34.errors = [{ instancePath, keyword: 'type', params: { type: 'boolean' } }]
    return false
  }
  validate34.errors = vErrors
  return errors === 0
}
const schema13 = { type: 'string', pattern: '^[^;@\\s]+$' }
const pattern9 = new RegExp('^[^;@\\s]+$', 'u')
function validate36(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null
  let errors = 0
  if (errors === 0) {
    if (typeof data === 'string') {
      if (!pattern9.test(data)) {
        validate36.errors = [
          { instancePath, keyword: 'pattern', params: { pattern: '^[^;@\\s]+$' } },
        ]
        return false
      }
    } else {
      validate36.errors = [{ instancePath, keyword: 'type', params: { type: 'string' } }]
      return false
    }
  }
  validate36.errors = vErrors
  return errors === 0
}
const schema14 = { enum: ['plain', 'vaulted'] }
function validate38(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null
  let errors = 0
  if (!(data === 'plain' || data === 'vaulted')) {
    validate38.errors = [
      { instancePath, keyword: 'enum', params: { allowedValues: schema14.enum } },
    ]
    return false
  }
  validate38.errors = vErrors
  return errors === 0
}
const schema15 = { enum: ['group', 'host'] }
function validate40(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null
  let errors = 0
  if (!(data === 'group' || data === 'host')) {
    validate40.errors = [
      { instancePath, keyword: 'enum', params: { allowedValues: schema15.enum } },
    ]
    return false
  }
  validate40.errors = vErrors
  return errors === 0
}
const schema16 = { enum: ['first-use', 'never'] }
function validate42(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null
  let errors = 0
  if (!(data === 'first-use' || data === 'never')) {
    validate42.errors = [
      { instancePath, keyword: 'enum', params: { allowedValues: schema16.enum } },
    ]
    return false
  }
  validate42.errors = vErrors
  return errors === 0
}
const schema17 = { type: 'boolean' }
function validate44(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null
  let errors = 0
  if (typeof data !== 'boolean') {
    validate44.errors = [{ instancePath, keyword: 'type', params: { type: 'boolean' } }]
    return false
  }
  validate44.errors = vErrors
  return errors === 0
}
const schema18 = { enum: ['always', 'never'] }
function validate46(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null
  let errors = 0
  if (!(data === 'always' || data === 'never')) {
    validate46.errors = [
      { instancePath, keyword: 'enum', params: { allowedValues: schema18.enum } },
    ]
    return false
  }
  validate46.errors = vErrors
  return errors === 0
}
const schema19 = {
  type: 'object',
  additionalProperties: false,
  properties: {
    length: { type: 'integer', minimum: 16, maximum: 256 },
    alphabet: { enum: ['alphanumeric', 'hex', 'url-safe', 'complex'] },
  },
}
function validate48(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null
  let errors = 0
  if (errors === 0) {
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      const _errs1 = errors
      for (const key0 in data) {
        if (!(key0 === 'length' || key0 === 'alphabet')) {
          validate48.errors = [
            { instancePath, keyword: 'additionalProperties', params: { additionalProperty: key0 } },
          ]
          return false
          break
        }
      }
      if (_errs1 === errors) {
        if (data.length !== undefined) {
          let data0 = data.length
          const _errs2 = errors
          if (!(typeof data0 == 'number' && !(data0 % 1) && !isNaN(data0) && isFinite(data0))) {
            validate48.errors = [
              {
                instancePath: instancePath + '/length',
                keyword: 'type',
                params: { type: 'integer' },
              },
            ]
            return false
          }
          if (errors === _errs2) {
            if (typeof data0 == 'number' && isFinite(data0)) {
              if (data0 > 256 || isNaN(data0)) {
                validate48.errors = [
                  {
                    instancePath: instancePath + '/length',
                    keyword: 'maximum',
                    params: { comparison: '<=', limit: 256 },
                  },
                ]
                return false
              } else {
                if (data0 < 16 || isNaN(data0)) {
                  validate48.errors = [
                    {
                      instancePath: instancePath + '/length',
                      keyword: 'minimum',
                      params: { comparison: '>=', limit: 16 },
                    },
                  ]
                  return false
                }
              }
            }
          }
          var valid0 = _errs2 === errors
        } else {
          var valid0 = true
        }
        if (valid0) {
          if (data.alphabet !== undefined) {
            let data1 = data.alphabet
            const _errs4 = errors
            if (!(
              data1 === 'alphanumeric' ||
              data1 === 'hex' ||
              data1 === 'url-safe' ||
              data1 === 'complex'
            )) {
              validate48.errors = [
                {
                  instancePath: instancePath + '/alphabet',
                  keyword: 'enum',
                  params: { allowedValues: schema19.properties.alphabet.enum },
                },
              ]
              return false
            }
            var valid0 = _errs4 === errors
          } else {
            var valid0 = true
          }
        }
      }
    } else {
      validate48.errors = [{ instancePath, keyword: 'type', params: { type: 'object' } }]
      return false
    }
  }
  validate48.errors = vErrors
  return errors === 0
}
const schema20 = { type: 'string', pattern: '^[^\\u0000]+$' }
const pattern10 = new RegExp('^[^\\u0000]+$', 'u')
function validate50(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null
  let errors = 0
  if (errors === 0) {
    if (typeof data === 'string') {
      if (!pattern10.test(data)) {
        validate50.errors = [
          { instancePath, keyword: 'pattern', params: { pattern: '^[^\\u0000]+$' } },
        ]
        return false
      }
    } else {
      validate50.errors = [{ instancePath, keyword: 'type', params: { type: 'string' } }]
      return false
    }
  }
  validate50.errors = vErrors
  return errors === 0
}
const schema21 = {
  type: 'object',
  additionalProperties: false,
  properties: {
    server: {
      type: ['array', 'object'],
      items: { type: 'string', pattern: '.' },
      additionalProperties: { type: ['object', 'null'] },
    },
    agent: {
      type: ['array', 'object'],
      items: { type: 'string', pattern: '.' },
      additionalProperties: { type: ['object', 'null'] },
    },
  },
}
function validate52(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null
  let errors = 0
  if (errors === 0) {
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      const _errs1 = errors
      for (const key0 in data) {
        if (!(key0 === 'server' || key0 === 'agent')) {
          validate52.errors = [
            { instancePath, keyword: 'additionalProperties', params: { additionalProperty: key0 } },
          ]
          return false
          break
        }
      }
      if (_errs1 === errors) {
        if (data.server !== undefined) {
          let data0 = data.server
          const _errs2 = errors
          if (!data0 || typeof data0 != 'object') {
            validate52.errors = [
              {
                instancePath: instancePath + '/server',
                keyword: 'type',
                params: { type: schema21.properties.server.type },
              },
            ]
            return false
          }
          if (errors === _errs2) {
            if (Array.isArray(data0)) {
              var valid1 = true
              const len0 = data0.length
              for (let i0 = 0; i0 < len0; i0++) {
                let data1 = data0[i0]
                const _errs4 = errors
                if (errors === _errs4) {
                  if (typeof data1 === 'string') {
                    if (!pattern5.test(data1)) {
                      validate52.errors = [
                        {
                          instancePath: instancePath + '/server/' + i0,
                          keyword: 'pattern',
                          params: { pattern: '.' },
                        },
                      ]
                      return false
                    }
                  } else {
                    validate52.errors = [
                      {
                        instancePath: instancePath + '/server/' + i0,
                        keyword: 'type',
                        params: { type: 'string' },
                      },
                    ]
                    return false
                  }
                }
                var valid1 = _errs4 === errors
                if (!valid1) {
                  break
                }
              }
            }
            if (errors === _errs2) {
              if (data0 && typeof data0 == 'object' && !Array.isArray(data0)) {
                for (const key1 in data0) {
                  let data2 = data0[key1]
                  const _errs7 = errors
                  if (
                    !(data2 && typeof data2 == 'object' && !Array.isArray(data2)) &&
                    data2 !== null
                  ) {
                    validate52.errors = [
                      {
                        instancePath:
                          instancePath + '/server/' + key1.replace(/~/g, '~0').replace(/\//g, '~1'),
                        keyword: 'type',
                        params: { type: schema21.properties.server.additionalProperties.type },
                      },
                    ]
                    return false
                  }
                  var valid2 = _errs7 === errors
                  if (!valid2) {
                    break
                  }
                }
              }
            }
          }
          var valid0 = _errs2 === errors
        } else {
          var valid0 = true
        }
        if (valid0) {
          if (data.agent !== undefined) {
            let data3 = data.agent
            const _errs9 = errors
            if (!data3 || typeof data3 != 'object') {
              validate52.errors = [
                {
                  instancePath: instancePath + '/agent',
                  keyword: 'type',
                  params: { type: schema21.properties.agent.type },
                },
              ]
              return false
            }
            if (errors === _errs9) {
              if (Array.isArray(data3)) {
                var valid3 = true
                const len1 = data3.length
                for (let i1 = 0; i1 < len1; i1++) {
                  let data4 = data3[i1]
                  const _errs11 = errors
                  if (errors === _errs11) {
                    if (typeof data4 === 'string') {
                      if (!pattern5.test(data4)) {
                        validate52.errors = [
                          {
                            instancePath: instancePath + '/agent/' + i1,
                            keyword: 'pattern',
                            params: { pattern: '.' },
                          },
                        ]
                        return false
                      }
                    } else {
                      validate52.errors = [
                        {
                          instancePath: instancePath + '/agent/' + i1,
                          keyword: 'type',
                          params: { type: 'string' },
                        },
                      ]
                      return false
                    }
                  }
                  var valid3 = _errs11 === errors
                  if (!valid3) {
                    break
                  }
                }
              }
              if (errors === _errs9) {
                if (data3 && typeof data3 == 'object' && !Array.isArray(data3)) {
                  for (const key2 in data3) {
                    let data5 = data3[key2]
                    const _errs14 = errors
                    if (
                      !(data5 && typeof data5 == 'object' && !Array.isArray(data5)) &&
                      data5 !== null
                    ) {
                      validate52.errors = [
                        {
                          instancePath:
                            instancePath +
                            '/agent/' +
                            key2.replace(/~/g, '~0').replace(/\//g, '~1'),
                          keyword: 'type',
                          params: { type: schema21.properties.agent.additionalProperties.type },
                        },
                      ]
                      return false
                    }
                    var valid4 = _errs14 === errors
                    if (!valid4) {
                      break
                    }
                  }
                }
              }
            }
            var valid0 = _errs9 === errors
          } else {
            var valid0 = true
          }
        }
      }
    } else {
      validate52.errors = [{ instancePath, keyword: 'type', params: { type: 'object' } }]
      return false
    }
  }
  validate52.errors = vErrors
  return errors === 0
}
function validate21(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  /*# sourceURL="k3s_vars.schema.json" */ let vErrors = null
  let errors = 0
  if (errors === 0) {
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      const _errs1 = errors
      for (const key0 in data) {
        if (!(key0 === 'clusters' || key0 === 'defaults' || key0 === 'include')) {
          validate21.errors = [
            { instancePath, keyword: 'additionalProperties', params: { additionalProperty: key0 } },
          ]
          return false
          break
        }
      }
      if (_errs1 === errors) {
        if (data.clusters !== undefined) {
          let data0 = data.clusters
          const _errs2 = errors
          if (errors === _errs2) {
            if (data0 && typeof data0 == 'object' && !Array.isArray(data0)) {
              if (Object.keys(data0).length < 1) {
                validate21.errors = [
                  {
                    instancePath: instancePath + '/clusters',
                    keyword: 'minProperties',
                    params: { limit: 1 },
                  },
                ]
                return false
              } else {
                for (const key1 in data0) {
                  const _errs4 = errors
                  if (typeof key1 === 'string') {
                    if (!pattern0.test(key1)) {
                      const err0 = {
                        instancePath: instancePath + '/clusters',
                        keyword: 'pattern',
                        params: { pattern: '^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$' },
                        propertyName: key1,
                      }
                      if (vErrors === null) {
                        vErrors = [err0]
                      } else {
                        vErrors.push(err0)
                      }
                      errors++
                    }
                  }
                  var valid1 = _errs4 === errors
                  if (!valid1) {
                    const err1 = {
                      instancePath: instancePath + '/clusters',
                      keyword: 'propertyNames',
                      params: { propertyName: key1 },
                    }
                    if (vErrors === null) {
                      vErrors = [err1]
                    } else {
                      vErrors.push(err1)
                    }
                    errors++
                    validate21.errors = vErrors
                    return false
                    break
                  }
                }
                if (valid1) {
                  for (const key2 in data0) {
                    let data1 = data0[key2]
                    const _errs6 = errors
                    if (
                      !(data1 && typeof data1 == 'object' && !Array.isArray(data1)) &&
                      data1 !== null
                    ) {
                      validate21.errors = [
                        {
                          instancePath:
                            instancePath +
                            '/clusters/' +
                            key2.replace(/~/g, '~0').replace(/\//g, '~1'),
                          keyword: 'type',
                          params: { type: schema6.properties.clusters.additionalProperties.type },
                        },
                      ]
                      return false
                    }
                    if (errors === _errs6) {
                      if (data1 && typeof data1 == 'object' && !Array.isArray(data1)) {
                        const _errs8 = errors
                        for (const key3 in data1) {
                          if (
                            !func2.call(
                              schema6.properties.clusters.additionalProperties.properties,
                              key3,
                            )
                          ) {
                            validate21.errors = [
                              {
                                instancePath:
                                  instancePath +
                                  '/clusters/' +
                                  key2.replace(/~/g, '~0').replace(/\//g, '~1'),
                                keyword: 'additionalProperties',
                                params: { additionalProperty: key3 },
                              },
                            ]
                            return false
                            break
                          }
                        }
                        if (_errs8 === errors) {
                          if (data1.role !== undefined) {
                            const _errs9 = errors
                            if (
                              !validate22(data1.role, {
                                instancePath:
                                  instancePath +
                                  '/clusters/' +
                                  key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                  '/role',
                                parentData: data1,
                                parentDataProperty: 'role',
                                rootData,
                              })
                            ) {
                              vErrors =
                                vErrors === null
                                  ? validate22.errors
                                  : vErrors.concat(validate22.errors)
                              errors = vErrors.length
                            }
                            var valid3 = _errs9 === errors
                          } else {
                            var valid3 = true
                          }
                          if (valid3) {
                            if (data1.custom !== undefined) {
                              const _errs10 = errors
                              if (
                                !validate24(data1.custom, {
                                  instancePath:
                                    instancePath +
                                    '/clusters/' +
                                    key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                    '/custom',
                                  parentData: data1,
                                  parentDataProperty: 'custom',
                                  rootData,
                                })
                              ) {
                                vErrors =
                                  vErrors === null
                                    ? validate24.errors
                                    : vErrors.concat(validate24.errors)
                                errors = vErrors.length
                              }
                              var valid3 = _errs10 === errors
                            } else {
                              var valid3 = true
                            }
                            if (valid3) {
                              if (data1.groups !== undefined) {
                                const _errs11 = errors
                                if (
                                  !validate30(data1.groups, {
                                    instancePath:
                                      instancePath +
                                      '/clusters/' +
                                      key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                      '/groups',
                                    parentData: data1,
                                    parentDataProperty: 'groups',
                                    rootData,
                                  })
                                ) {
                                  vErrors =
                                    vErrors === null
                                      ? validate30.errors
                                      : vErrors.concat(validate30.errors)
                                  errors = vErrors.length
                                }
                                var valid3 = _errs11 === errors
                              } else {
                                var valid3 = true
                              }
                              if (valid3) {
                                if (data1.vars !== undefined) {
                                  const _errs12 = errors
                                  if (
                                    !validate32(data1.vars, {
                                      instancePath:
                                        instancePath +
                                        '/clusters/' +
                                        key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                        '/vars',
                                      parentData: data1,
                                      parentDataProperty: 'vars',
                                      rootData,
                                    })
                                  ) {
                                    vErrors =
                                      vErrors === null
                                        ? validate32.errors
                                        : vErrors.concat(validate32.errors)
                                    errors = vErrors.length
                                  }
                                  var valid3 = _errs12 === errors
                                } else {
                                  var valid3 = true
                                }
                                if (valid3) {
                                  if (data1.agent_token !== undefined) {
                                    const _errs13 = errors
                                    if (
                                      !validate34(data1.agent_token, {
                                        instancePath:
                                          instancePath +
                                          '/clusters/' +
                                          key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                          '/agent_token',
                                        parentData: data1,
                                        parentDataProperty: 'agent_token',
                                        rootData,
                                      })
                                    ) {
                                      vErrors =
                                        vErrors === null
                                          ? validate34.errors
                                          : vErrors.concat(validate34.errors)
                                      errors = vErrors.length
                                    }
                                    var valid3 = _errs13 === errors
                                  } else {
                                    var valid3 = true
                                  }
                                  if (valid3) {
                                    if (data1.vault_id !== undefined) {
                                      const _errs14 = errors
                                      if (
                                        !validate36(data1.vault_id, {
                                          instancePath:
                                            instancePath +
                                            '/clusters/' +
                                            key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                            '/vault_id',
                                          parentData: data1,
                                          parentDataProperty: 'vault_id',
                                          rootData,
                                        })
                                      ) {
                                        vErrors =
                                          vErrors === null
                                            ? validate36.errors
                                            : vErrors.concat(validate36.errors)
                                        errors = vErrors.length
                                      }
                                      var valid3 = _errs14 === errors
                                    } else {
                                      var valid3 = true
                                    }
                                    if (valid3) {
                                      if (data1.emit !== undefined) {
                                        const _errs15 = errors
                                        if (
                                          !validate38(data1.emit, {
                                            instancePath:
                                              instancePath +
                                              '/clusters/' +
                                              key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                              '/emit',
                                            parentData: data1,
                                            parentDataProperty: 'emit',
                                            rootData,
                                          })
                                        ) {
                                          vErrors =
                                            vErrors === null
                                              ? validate38.errors
                                              : vErrors.concat(validate38.errors)
                                          errors = vErrors.length
                                        }
                                        var valid3 = _errs15 === errors
                                      } else {
                                        var valid3 = true
                                      }
                                      if (valid3) {
                                        if (data1.level !== undefined) {
                                          const _errs16 = errors
                                          if (
                                            !validate40(data1.level, {
                                              instancePath:
                                                instancePath +
                                                '/clusters/' +
                                                key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                                '/level',
                                              parentData: data1,
                                              parentDataProperty: 'level',
                                              rootData,
                                            })
                                          ) {
                                            vErrors =
                                              vErrors === null
                                                ? validate40.errors
                                                : vErrors.concat(validate40.errors)
                                            errors = vErrors.length
                                          }
                                          var valid3 = _errs16 === errors
                                        } else {
                                          var valid3 = true
                                        }
                                        if (valid3) {
                                          if (data1.mint !== undefined) {
                                            const _errs17 = errors
                                            if (
                                              !validate42(data1.mint, {
                                                instancePath:
                                                  instancePath +
                                                  '/clusters/' +
                                                  key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                                  '/mint',
                                                parentData: data1,
                                                parentDataProperty: 'mint',
                                                rootData,
                                              })
                                            ) {
                                              vErrors =
                                                vErrors === null
                                                  ? validate42.errors
                                                  : vErrors.concat(validate42.errors)
                                              errors = vErrors.length
                                            }
                                            var valid3 = _errs17 === errors
                                          } else {
                                            var valid3 = true
                                          }
                                          if (valid3) {
                                            if (data1.probe !== undefined) {
                                              const _errs18 = errors
                                              if (
                                                !validate44(data1.probe, {
                                                  instancePath:
                                                    instancePath +
                                                    '/clusters/' +
                                                    key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                                    '/probe',
                                                  parentData: data1,
                                                  parentDataProperty: 'probe',
                                                  rootData,
                                                })
                                              ) {
                                                vErrors =
                                                  vErrors === null
                                                    ? validate44.errors
                                                    : vErrors.concat(validate44.errors)
                                                errors = vErrors.length
                                              }
                                              var valid3 = _errs18 === errors
                                            } else {
                                              var valid3 = true
                                            }
                                            if (valid3) {
                                              if (data1.encrypt !== undefined) {
                                                const _errs19 = errors
                                                if (
                                                  !validate46(data1.encrypt, {
                                                    instancePath:
                                                      instancePath +
                                                      '/clusters/' +
                                                      key2
                                                        .replace(/~/g, '~0')
                                                        .replace(/\//g, '~1') +
                                                      '/encrypt',
                                                    parentData: data1,
                                                    parentDataProperty: 'encrypt',
                                                    rootData,
                                                  })
                                                ) {
                                                  vErrors =
                                                    vErrors === null
                                                      ? validate46.errors
                                                      : vErrors.concat(validate46.errors)
                                                  errors = vErrors.length
                                                }
                                                var valid3 = _errs19 === errors
                                              } else {
                                                var valid3 = true
                                              }
                                              if (valid3) {
                                                if (data1.token !== undefined) {
                                                  const _errs20 = errors
                                                  if (
                                                    !validate48(data1.token, {
                                                      instancePath:
                                                        instancePath +
                                                        '/clusters/' +
                                                        key2
                                                          .replace(/~/g, '~0')
                                                          .replace(/\//g, '~1') +
                                                        '/token',
                                                      parentData: data1,
                                                      parentDataProperty: 'token',
                                                      rootData,
                                                    })
                                                  ) {
                                                    vErrors =
                                                      vErrors === null
                                                        ? validate48.errors
                                                        : vErrors.concat(validate48.errors)
                                                    errors = vErrors.length
                                                  }
                                                  var valid3 = _errs20 === errors
                                                } else {
                                                  var valid3 = true
                                                }
                                                if (valid3) {
                                                  if (data1.store !== undefined) {
                                                    const _errs21 = errors
                                                    if (
                                                      !validate50(data1.store, {
                                                        instancePath:
                                                          instancePath +
                                                          '/clusters/' +
                                                          key2
                                                            .replace(/~/g, '~0')
                                                            .replace(/\//g, '~1') +
                                                          '/store',
                                                        parentData: data1,
                                                        parentDataProperty: 'store',
                                                        rootData,
                                                      })
                                                    ) {
                                                      vErrors =
                                                        vErrors === null
                                                          ? validate50.errors
                                                          : vErrors.concat(validate50.errors)
                                                      errors = vErrors.length
                                                    }
                                                    var valid3 = _errs21 === errors
                                                  } else {
                                                    var valid3 = true
                                                  }
                                                  if (valid3) {
                                                    if (data1.hosts !== undefined) {
                                                      const _errs22 = errors
                                                      if (
                                                        !validate52(data1.hosts, {
                                                          instancePath:
                                                            instancePath +
                                                            '/clusters/' +
                                                            key2
                                                              .replace(/~/g, '~0')
                                                              .replace(/\//g, '~1') +
                                                            '/hosts',
                                                          parentData: data1,
                                                          parentDataProperty: 'hosts',
                                                          rootData,
                                                        })
                                                      ) {
                                                        vErrors =
                                                          vErrors === null
                                                            ? validate52.errors
                                                            : vErrors.concat(validate52.errors)
                                                        errors = vErrors.length
                                                      }
                                                      var valid3 = _errs22 === errors
                                                    } else {
                                                      var valid3 = true
                                                    }
                                                  }
                                                }
                                              }
                                            }
                                          }
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                    var valid2 = _errs6 === errors
                    if (!valid2) {
                      break
                    }
                  }
                }
              }
            } else {
              validate21.errors = [
                {
                  instancePath: instancePath + '/clusters',
                  keyword: 'type',
                  params: { type: 'object' },
                },
              ]
              return false
            }
          }
          var valid0 = _errs2 === errors
        } else {
          var valid0 = true
        }
        if (valid0) {
          if (data.defaults !== undefined) {
            let data16 = data.defaults
            const _errs23 = errors
            if (errors === _errs23) {
              if (data16 && typeof data16 == 'object' && !Array.isArray(data16)) {
                const _errs25 = errors
                for (const key4 in data16) {
                  if (!func2.call(schema6.properties.defaults.properties, key4)) {
                    validate21.errors = [
                      {
                        instancePath: instancePath + '/defaults',
                        keyword: 'additionalProperties',
                        params: { additionalProperty: key4 },
                      },
                    ]
                    return false
                    break
                  }
                }
                if (_errs25 === errors) {
                  if (data16.role !== undefined) {
                    const _errs26 = errors
                    if (
                      !validate22(data16.role, {
                        instancePath: instancePath + '/defaults/role',
                        parentData: data16,
                        parentDataProperty: 'role',
                        rootData,
                      })
                    ) {
                      vErrors =
                        vErrors === null ? validate22.errors : vErrors.concat(validate22.errors)
                      errors = vErrors.length
                    }
                    var valid4 = _errs26 === errors
                  } else {
                    var valid4 = true
                  }
                  if (valid4) {
                    if (data16.custom !== undefined) {
                      const _errs27 = errors
                      if (
                        !validate24(data16.custom, {
                          instancePath: instancePath + '/defaults/custom',
                          parentData: data16,
                          parentDataProperty: 'custom',
                          rootData,
                        })
                      ) {
                        vErrors =
                          vErrors === null ? validate24.errors : vErrors.concat(validate24.errors)
                        errors = vErrors.length
                      }
                      var valid4 = _errs27 === errors
                    } else {
                      var valid4 = true
                    }
                    if (valid4) {
                      if (data16.groups !== undefined) {
                        const _errs28 = errors
                        if (
                          !validate30(data16.groups, {
                            instancePath: instancePath + '/defaults/groups',
                            parentData: data16,
                            parentDataProperty: 'groups',
                            rootData,
                          })
                        ) {
                          vErrors =
                            vErrors === null ? validate30.errors : vErrors.concat(validate30.errors)
                          errors = vErrors.length
                        }
                        var valid4 = _errs28 === errors
                      } else {
                        var valid4 = true
                      }
                      if (valid4) {
                        if (data16.vars !== undefined) {
                          const _errs29 = errors
                          if (
                            !validate32(data16.vars, {
                              instancePath: instancePath + '/defaults/vars',
                              parentData: data16,
                              parentDataProperty: 'vars',
                              rootData,
                            })
                          ) {
                            vErrors =
                              vErrors === null
                                ? validate32.errors
                                : vErrors.concat(validate32.errors)
                            errors = vErrors.length
                          }
                          var valid4 = _errs29 === errors
                        } else {
                          var valid4 = true
                        }
                        if (valid4) {
                          if (data16.agent_token !== undefined) {
                            const _errs30 = errors
                            if (
                              !validate34(data16.agent_token, {
                                instancePath: instancePath + '/defaults/agent_token',
                                parentData: data16,
                                parentDataProperty: 'agent_token',
                                rootData,
                              })
                            ) {
                              vErrors =
                                vErrors === null
                                  ? validate34.errors
                                  : vErrors.concat(validate34.errors)
                              errors = vErrors.length
                            }
                            var valid4 = _errs30 === errors
                          } else {
                            var valid4 = true
                          }
                          if (valid4) {
                            if (data16.vault_id !== undefined) {
                              const _errs31 = errors
                              if (
                                !validate36(data16.vault_id, {
                                  instancePath: instancePath + '/defaults/vault_id',
                                  parentData: data16,
                                  parentDataProperty: 'vault_id',
                                  rootData,
                                })
                              ) {
                                vErrors =
                                  vErrors === null
                                    ? validate36.errors
                                    : vErrors.concat(validate36.errors)
                                errors = vErrors.length
                              }
                              var valid4 = _errs31 === errors
                            } else {
                              var valid4 = true
                            }
                            if (valid4) {
                              if (data16.emit !== undefined) {
                                const _errs32 = errors
                                if (
                                  !validate38(data16.emit, {
                                    instancePath: instancePath + '/defaults/emit',
                                    parentData: data16,
                                    parentDataProperty: 'emit',
                                    rootData,
                                  })
                                ) {
                                  vErrors =
                                    vErrors === null
                                      ? validate38.errors
                                      : vErrors.concat(validate38.errors)
                                  errors = vErrors.length
                                }
                                var valid4 = _errs32 === errors
                              } else {
                                var valid4 = true
                              }
                              if (valid4) {
                                if (data16.level !== undefined) {
                                  const _errs33 = errors
                                  if (
                                    !validate40(data16.level, {
                                      instancePath: instancePath + '/defaults/level',
                                      parentData: data16,
                                      parentDataProperty: 'level',
                                      rootData,
                                    })
                                  ) {
                                    vErrors =
                                      vErrors === null
                                        ? validate40.errors
                                        : vErrors.concat(validate40.errors)
                                    errors = vErrors.length
                                  }
                                  var valid4 = _errs33 === errors
                                } else {
                                  var valid4 = true
                                }
                                if (valid4) {
                                  if (data16.mint !== undefined) {
                                    const _errs34 = errors
                                    if (
                                      !validate42(data16.mint, {
                                        instancePath: instancePath + '/defaults/mint',
                                        parentData: data16,
                                        parentDataProperty: 'mint',
                                        rootData,
                                      })
                                    ) {
                                      vErrors =
                                        vErrors === null
                                          ? validate42.errors
                                          : vErrors.concat(validate42.errors)
                                      errors = vErrors.length
                                    }
                                    var valid4 = _errs34 === errors
                                  } else {
                                    var valid4 = true
                                  }
                                  if (valid4) {
                                    if (data16.probe !== undefined) {
                                      const _errs35 = errors
                                      if (
                                        !validate44(data16.probe, {
                                          instancePath: instancePath + '/defaults/probe',
                                          parentData: data16,
                                          parentDataProperty: 'probe',
                                          rootData,
                                        })
                                      ) {
                                        vErrors =
                                          vErrors === null
                                            ? validate44.errors
                                            : vErrors.concat(validate44.errors)
                                        errors = vErrors.length
                                      }
                                      var valid4 = _errs35 === errors
                                    } else {
                                      var valid4 = true
                                    }
                                    if (valid4) {
                                      if (data16.encrypt !== undefined) {
                                        const _errs36 = errors
                                        if (
                                          !validate46(data16.encrypt, {
                                            instancePath: instancePath + '/defaults/encrypt',
                                            parentData: data16,
                                            parentDataProperty: 'encrypt',
                                            rootData,
                                          })
                                        ) {
                                          vErrors =
                                            vErrors === null
                                              ? validate46.errors
                                              : vErrors.concat(validate46.errors)
                                          errors = vErrors.length
                                        }
                                        var valid4 = _errs36 === errors
                                      } else {
                                        var valid4 = true
                                      }
                                      if (valid4) {
                                        if (data16.token !== undefined) {
                                          const _errs37 = errors
                                          if (
                                            !validate48(data16.token, {
                                              instancePath: instancePath + '/defaults/token',
                                              parentData: data16,
                                              parentDataProperty: 'token',
                                              rootData,
                                            })
                                          ) {
                                            vErrors =
                                              vErrors === null
                                                ? validate48.errors
                                                : vErrors.concat(validate48.errors)
                                            errors = vErrors.length
                                          }
                                          var valid4 = _errs37 === errors
                                        } else {
                                          var valid4 = true
                                        }
                                        if (valid4) {
                                          if (data16.store !== undefined) {
                                            const _errs38 = errors
                                            if (
                                              !validate50(data16.store, {
                                                instancePath: instancePath + '/defaults/store',
                                                parentData: data16,
                                                parentDataProperty: 'store',
                                                rootData,
                                              })
                                            ) {
                                              vErrors =
                                                vErrors === null
                                                  ? validate50.errors
                                                  : vErrors.concat(validate50.errors)
                                              errors = vErrors.length
                                            }
                                            var valid4 = _errs38 === errors
                                          } else {
                                            var valid4 = true
                                          }
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              } else {
                validate21.errors = [
                  {
                    instancePath: instancePath + '/defaults',
                    keyword: 'type',
                    params: { type: 'object' },
                  },
                ]
                return false
              }
            }
            var valid0 = _errs23 === errors
          } else {
            var valid0 = true
          }
          if (valid0) {
            if (data.include !== undefined) {
              let data30 = data.include
              const _errs39 = errors
              if (typeof data30 !== 'string' && !Array.isArray(data30)) {
                validate21.errors = [
                  {
                    instancePath: instancePath + '/include',
                    keyword: 'type',
                    params: { type: schema6.properties.include.type },
                  },
                ]
                return false
              }
              if (errors === _errs39) {
                if (typeof data30 === 'string') {
                  if (!pattern5.test(data30)) {
                    validate21.errors = [
                      {
                        instancePath: instancePath + '/include',
                        keyword: 'pattern',
                        params: { pattern: '.' },
                      },
                    ]
                    return false
                  }
                }
                if (errors === _errs39) {
                  if (Array.isArray(data30)) {
                    var valid5 = true
                    const len0 = data30.length
                    for (let i0 = 0; i0 < len0; i0++) {
                      let data31 = data30[i0]
                      const _errs41 = errors
                      if (errors === _errs41) {
                        if (typeof data31 === 'string') {
                          if (!pattern5.test(data31)) {
                            validate21.errors = [
                              {
                                instancePath: instancePath + '/include/' + i0,
                                keyword: 'pattern',
                                params: { pattern: '.' },
                              },
                            ]
                            return false
                          }
                        } else {
                          validate21.errors = [
                            {
                              instancePath: instancePath + '/include/' + i0,
                              keyword: 'type',
                              params: { type: 'string' },
                            },
                          ]
                          return false
                        }
                      }
                      var valid5 = _errs41 === errors
                      if (!valid5) {
                        break
                      }
                    }
                  }
                }
              }
              var valid0 = _errs39 === errors
            } else {
              var valid0 = true
            }
          }
        }
      }
    } else {
      validate21.errors = [{ instancePath, keyword: 'type', params: { type: 'object' } }]
      return false
    }
  }
  validate21.errors = vErrors
  return errors === 0
}
